# 对标的服务：docker build -t duibiao .
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libreoffice-writer-nogui fonts-noto-cjk unar tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 duibiao \
 && install -d -o duibiao /var/lib/duibiao

WORKDIR /opt/duibiao
COPY deploy/constraints.txt .
ARG PIP_INDEX_URL
RUN python -m venv /opt/env \
 && /opt/env/bin/pip install --no-cache-dir --only-binary :all: --require-hashes -r constraints.txt
COPY . .
RUN /opt/env/bin/pip install --no-cache-dir --no-deps --no-build-isolation \
      ./core ./templates ./plugins/steel ./plugins/cement ./plugins/coating_vocs ./plugins/general_industry

USER duibiao
ENV PATH=/opt/env/bin:$PATH DUIBIAO_HOME=/var/lib/duibiao PYTHONUNBUFFERED=1
VOLUME /var/lib/duibiao
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=5)"]
ENTRYPOINT ["tini", "--"]
CMD ["duibiao", "serve", "--host", "0.0.0.0", "--port", "8000"]
