-- Takes the whole core schema away again, with all its data. Roles belong to the cluster and stay.
DROP SCHEMA intelligence CASCADE;
