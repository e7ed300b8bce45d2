"""Work (作业): durable jobs, each in a child process with limits, on one machine or many.

DBOS keeps what is to be done in the database beside our own tables; a worker that dies loses nothing, another one takes over.
"""
