"""The door for machines and operators: the command line, and later imports, exports and the API."""
