-- The portal's database and its owner, who migrates and makes the other roles (manage.py setup_roles).
-- Run by the cluster's superuser through psql, with DATABASE and OWNER_PASSWORD in the environment; safe to repeat.
\getenv database DATABASE
\getenv password OWNER_PASSWORD
SELECT 'CREATE ROLE portal_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') \gexec
ALTER ROLE portal_owner LOGIN CREATEROLE CREATEDB PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER portal_owner', :'database')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
