"""How Alembic reaches the database: the url is handed in by storage.migrate."""

from alembic import context

from storage.database import begin, make_engine
from storage.tables import metadata

engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    begin(connection, writing=True)
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
