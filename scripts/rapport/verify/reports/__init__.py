"""A verification told in different forms: for a terminal, a program, a test runner, a pull request and a browser."""
