"""The four troubleshooters of the demo in English and Filipino, and a month of people walking them."""
