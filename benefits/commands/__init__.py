"""What may be asked of a benefit, a programme, an overlap or a line of the MTFS.

A command is a plain value in the imperative. It names the thing by its id (the caller makes
new ids); who asks and when is said beside it, never in it. ``benefits.rules`` answers.
"""
