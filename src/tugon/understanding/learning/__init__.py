"""Pure: learning topics and teams from labelled texts, and guessing by what was learnt."""
