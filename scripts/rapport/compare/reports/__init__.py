"""One module a form of the report; none of them knows another."""
