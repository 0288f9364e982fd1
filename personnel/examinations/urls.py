"""Addresses of examinations on the desk; included under /desk/examinations/."""

from django.urls import path

from personnel.examinations.views import bank, files

app_name = "examinations"
urlpatterns = [
    path("bank/", bank.QuestionsView.as_view(), name="bank"),
    path("bank/questions/<int:pk>/", bank.QuestionView.as_view(), name="question"),
    path("bank/changes/", bank.ChangesView.as_view(), name="changes"),
    path("bank/changes/<int:pk>/", bank.ChangeView.as_view(), name="change"),
    path("bank/files/", files.FilesView.as_view(), name="files"),
    path("bank/files/new/", files.UploadView.as_view(), name="file-new"),
    path("bank/files/<int:pk>/", files.FileView.as_view(), name="file"),
    path("bank/files/<int:pk>/report.csv", files.ReportView.as_view(), name="file-report"),
]
