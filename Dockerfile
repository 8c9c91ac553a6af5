FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /app
COPY requirements.lock .
RUN /app/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY adapters adapters
COPY jobs jobs
COPY migrations migrations
RUN /app/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data papers && install --directory --owner=papers /data
COPY --from=build /app /app
# Nothing is written but to /data (an SQLite database, what the terminal shows) and /tmp (the chart's fonts).
ENV PATH=/app/bin:$PATH PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp HTTP_HOST=0.0.0.0 HTTP_PORT=3000 LOG_FORMAT=json
USER papers
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:3000/healthz', timeout=4)"]
ENTRYPOINT ["papers"]
CMD ["run"]
