"""Any result to text, JSON, JUnit, SARIF or annotations. Decides nothing."""
