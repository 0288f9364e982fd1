"""What a case does to an enterprise (涉企行政执法案件经济影响评估): asked, answered, weighed before the decision."""
