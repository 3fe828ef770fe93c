"""Addresses of routing, in the namespace of `administration/urls.py`."""

from django.urls import path

from . import abilities, skills, teams

urlpatterns = [
    path("routing", teams.teams, name="routing"),
    path("routing/habits", teams.habits, name="routing-habits"),
    path("routing/teams/<int:pk>", teams.team, name="routing-team"),
    path("routing/people", abilities.people, name="routing-people"),
    path("routing/people/<int:pk>", abilities.person, name="routing-person"),
    path("routing/skills", skills.skills, name="skills"),
    path("routing/skills/new", skills.skill, name="skill-new"),
    path("routing/skills/conditions", skills.conditions, name="skill-conditions"),
    path("routing/skills/<int:pk>", skills.skill, name="skill"),
    path("routing/skills/<int:pk>/archive", skills.archive, name="skill-archive"),
]
