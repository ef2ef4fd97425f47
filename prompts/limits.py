"""How large a text, its parts, its values and its result may be.

They are far above what the shipped texts need, and so low that the worst that fits within them is refused or
done in a fraction of a second: `python -m bench templates` measures it.
"""

MAX_SOURCE = 60_000
"""Characters of a text file."""
MAX_OUTPUT = 60_000
"""Characters of a rendered text."""
MAX_FRONT = 4_000
"""Characters of the front matter."""
MAX_TAGS = 500
"""Slots and statements of a template."""
MAX_TAG = 60
"""Words and signs inside one pair of braces."""
MAX_NESTING = 6
"""Statements inside each other."""
MAX_LOOPS = 2
"""Loops inside each other."""
MAX_DEPTH = 24
"""Steps from an expression to its innermost part."""
MAX_CONSTANT = 200
"""Characters of a text written inside braces."""
MAX_NUMBER = 1_000_000
"""The largest number written inside braces."""
MAX_STEPS = 100_000
"""Work of one rendering: a step is a part of a loop's body in one round, or 64 characters of a filter."""
MAX_VALUES = 20_000
"""Texts, numbers and lists that are given to one rendering."""
MAX_GIVEN = 500_000
"""Characters that are given to one rendering."""
MAX_FORMS = 6_000
"""Words and brackets of a YAML body."""
MAX_LEVELS = 6
"""Lists and mappings inside each other, in YAML and in values."""
