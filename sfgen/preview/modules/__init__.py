"""What a page imports: ES modules of LWC bundles, ``lightning/*``, ``@salesforce/*``; Aura bundles."""
