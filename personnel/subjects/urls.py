"""Addresses of the register of subjects; included under /desk/subjects/."""

from django.urls import path

from personnel.subjects.views import lists, pages

app_name = "subjects"
urlpatterns = [
    path("", lists.SubjectsView.as_view(), name="subjects"),
    path("mandates/", lists.MandatesView.as_view(), name="mandates"),
    path("empowerments/", lists.EmpowermentsView.as_view(), name="empowerments"),
    path("<int:pk>/", pages.SubjectPage.as_view(), name="subject"),
    path("mandates/<int:pk>/", pages.MandatePage.as_view(), name="mandate"),
    path("empowerments/<int:pk>/", pages.EmpowermentPage.as_view(), name="empowerment"),
]
