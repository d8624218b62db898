"""What the tests from outside stand on: processes, the demo server, a display, a message bus, a foreign client."""
