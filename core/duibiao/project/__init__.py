"""The project folder (项目文件夹): what a consultant fills in, as data and as a dossier."""
