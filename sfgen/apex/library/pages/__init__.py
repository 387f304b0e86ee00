"""`ApexPages`, sites and URLs of pages."""
