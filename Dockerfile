# Build: docker build -t composure .   Run: docker run -p 8000:8000 -v composure:/data composure
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt ./
RUN pip install -r requirements.txt

COPY wsgi.py gunicorn.conf.py ./
COPY simulator simulator
COPY templates templates
COPY static static
COPY scenarios scenarios
COPY playbooks playbooks

# Nothing in the image is written at run time but /data: the SQLite database, if one is used, and the secret key.
RUN useradd --system --uid 10001 --home-dir /data composure && mkdir /data && chown composure:composure /data
USER composure
VOLUME /data
ENV HOST=0.0.0.0 PORT=8000 INSTANCE_DIR=/data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]

CMD ["sh", "-c", "flask --app simulator db upgrade && flask --app simulator demo && exec gunicorn --config gunicorn.conf.py wsgi:app"]
