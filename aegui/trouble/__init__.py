"""What is kept of things that go wrong unforeseen: a log, what a crash leaves, a report of both."""
