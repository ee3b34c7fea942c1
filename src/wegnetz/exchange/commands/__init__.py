"""One module for each subcommand: read the input, call one service, print."""
