# The portal's image for production: one image, a different command per service (docker-compose.yml).

# --- The style sheet, from package-lock.json
FROM node:22.18.0-bookworm-slim AS front
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-fund --no-audit

# --- Python packages, from uv.lock, without the developers' tools
FROM python:3.11.13-slim-bookworm AS packages
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-cache

# --- What PDF needs, and an ordinary user
FROM python:3.11.13-slim-bookworm AS system
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        fontconfig fonts-noto-cjk libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && fc-cache --force \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/portal --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --group portal --mode 0700 /var/lib/portal /var/lib/portal/media /var/lib/portal/beat
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY manage.py ./
COPY portal portal
COPY personnel personnel
COPY enforcement enforcement
COPY disclosure disclosure
COPY supervision supervision
COPY locale locale
COPY deploy/health.py deploy/health.py

# --- Compiled catalogues and compressed static files
FROM system AS assets
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends gettext
COPY script script
COPY --from=front /app/node_modules node_modules
RUN python script/machine assets

# --- The image that runs
FROM system
COPY --from=assets /app/locale locale
COPY --from=assets /app/.local/static .local/static
USER portal
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "portal.wsgi:application"]
