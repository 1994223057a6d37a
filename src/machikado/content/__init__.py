"""What a city site is: locales, pages, front matter, departments, glossary. Knows no engine."""
