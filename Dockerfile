# The bot in a container. The token comes with the environment when it runs, never with the image:
#   docker build -t sitrep .
#   docker build --build-arg ENCRYPTION=yes -t sitrep .   # for encrypted Matrix rooms too
#   docker build --build-arg REPLICA=yes --build-arg STANDBY=yes -t sitrep .   # for a replica, for two machines
#   docker run --env-file .env --env SITREP_BACKUP_FOLDER=/backups \
#     --volume sitrep:/data --volume copies:/backups sitrep

# By tag and by digest: Python 3.12.14 on Debian 13. `make image` and `make lock` renew it.
ARG BASE=python:3.12-slim@sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea

# Stage one: what the bot needs, exactly as locked; wheels only, so nothing is compiled.
FROM ${BASE} AS needs
ARG ENCRYPTION=
ARG REPLICA=
ARG STANDBY=
COPY requirements.txt requirements-e2ee.txt requirements-replica.txt requirements-standby.txt /tmp/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement /tmp/requirements.txt \
    && if [ -n "$ENCRYPTION" ]; then \
        /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement /tmp/requirements-e2ee.txt; fi \
    && if [ -n "$REPLICA$STANDBY" ]; then \
        /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement /tmp/requirements-replica.txt; fi \
    && if [ -n "$STANDBY" ]; then \
        /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement /tmp/requirements-standby.txt; fi

# Stage two: that and the program, which the bot itself cannot change.
FROM ${BASE}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONFAULTHANDLER=1 \
    PYTHONUTF8=1 \
    SITREP_STORE=/data/sitrep.db \
    SITREP_MATRIX_STATE=/data/matrix
RUN groupadd --gid 10001 sitrep \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin sitrep \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data /backups /replica
COPY --from=needs /opt/venv /opt/venv
WORKDIR /opt/sitrep
COPY LICENSE NOTICE ./
COPY store ./store
COPY commands ./commands
COPY bot ./bot
COPY seeds ./seeds
RUN python -m compileall -q bot commands store

# By number, so that a platform can see that it is not root.
USER 10001:10001
VOLUME ["/data", "/backups"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
