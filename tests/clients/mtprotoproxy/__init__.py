"""A public MTProto proxy between Heliograph and the demo server."""
