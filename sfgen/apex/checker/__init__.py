"""What Apex means, expression by expression, and what Salesforce's compiler refuses of it."""
