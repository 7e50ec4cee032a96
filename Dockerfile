# One image for the worker, the page and the command line (`docker compose run --rm worker python starter.py ...`).
# Two stages, so that neither uv nor the development tools are in what runs.

FROM python:3.11.14-slim-bookworm AS dependencies
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /build
COPY pyproject.toml requirements.lock ./
# uv by its hash from the same lock; then only what the application names, each at the lock's version and hash.
RUN sed -n '/^uv==/,/^    # via/p' requirements.lock > uv.txt \
    && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r uv.txt \
    && uv venv --no-python-downloads --python /usr/local/bin/python /opt/dondoc \
    && uv pip install --no-cache --compile-bytecode --require-hashes --python /opt/dondoc/bin/python \
        --constraints requirements.lock -r pyproject.toml

FROM python:3.11.14-slim-bookworm
# The data folder is the worker's own; a new named volume takes its owner over.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin dondoc \
    && install --directory --owner 10001 --group 10001 /var/lib/dondoc
COPY --from=dependencies /opt/dondoc /opt/dondoc
ENV PATH=/opt/dondoc/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
COPY . .
# By number, so that a runtime can see that it is not root. The files stay root's: the worker cannot change its own code.
USER 10001:10001
# Exec form: the worker itself gets SIGTERM and drains.
CMD ["python", "worker.py"]
