"""Lightning Web Security itself, in a headless browser: does the project's pusher-js work in it?

The packages of LWS are Salesforce's, under a licence of their own; they are fetched by the user's
choice and never part of sfgen.
"""
