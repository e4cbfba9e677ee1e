"""Children missing education: the measures of the subject, as plain functions over involvements."""
