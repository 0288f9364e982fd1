"""Addresses of examinations on the desk; included under /desk/examinations/."""

from django.urls import path

from personnel.examinations.views import bank, exams, files, marking, settings, sittings, statistics

app_name = "examinations"
urlpatterns = [
    path("", exams.ExamsView.as_view(), name="exams"),
    path("<int:pk>/", exams.ExamView.as_view(), name="exam"),
    path("<int:pk>/begin/", exams.BeginView.as_view(), name="begin"),
    path("<int:pk>/candidates/", exams.CandidatesView.as_view(), name="candidates"),
    path("sittings/<int:pk>/", sittings.SittingView.as_view(), name="sitting"),
    path("sittings/<int:pk>/answers/<int:position>/", sittings.AnswerView.as_view(), name="answer"),
    path("sittings/<int:pk>/clock/", sittings.ClockView.as_view(), name="clock"),
    path("sittings/<int:pk>/hand-in/", sittings.HandInView.as_view(), name="hand-in"),
    path("marking/", marking.ScriptsView.as_view(), name="scripts"),
    path("marking/<str:code>/", marking.ScriptView.as_view(), name="script"),
    path("statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("settings/", settings.SettingsView.as_view(), name="settings"),
    path("bank/", bank.QuestionsView.as_view(), name="bank"),
    path("bank/questions/<int:pk>/", bank.QuestionView.as_view(), name="question"),
    path("bank/changes/", bank.ChangesView.as_view(), name="changes"),
    path("bank/changes/<int:pk>/", bank.ChangeView.as_view(), name="change"),
    path("bank/files/", files.FilesView.as_view(), name="files"),
    path("bank/files/new/", files.UploadView.as_view(), name="file-new"),
    path("bank/files/<int:pk>/", files.FileView.as_view(), name="file"),
    path("bank/files/<int:pk>/report.csv", files.ReportView.as_view(), name="file-report"),
]
