# duibiao（对标）: every target works as the first and only command on a fresh machine.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.set-up
HOMES := core templates $(patsubst %/pyproject.toml,%,$(sort $(wildcard plugins/*/pyproject.toml)))
PROJECTS := pyproject.toml $(addsuffix /pyproject.toml,$(HOMES))
PIP := $(PY) -m pip -qq --disable-pip-version-check --no-input
ARGS ?=

# The environment remembers the place it was made for: a copied or moved checkout makes its own.
ifneq ($(file <$(STAMP)),$(CURDIR))
.PHONY: $(STAMP)
endif

.PHONY: help
help:
	@cat <<'END'
	make demo         建立环境，编制 demo/projects/ 中四个行业的示例项目并检查，审查两份示例材料
	make test         建立环境并运行全部测试（ARGS="-k 关键字" 可只运行一部分）
	make check        代码规范、类型、导入方向与全部测试
	make lint         只做代码规范、类型与导入方向的检查
	make install-test 在全新环境中验证 pip、uv 与发行包三种安装方式（需联网）
	make fuzz         用变异的 Word 文件长时间核查读取是否稳健（ARGS="--seconds 600"，默认一分钟）
	make fuzz-api     按接口说明随机调用全部接口（EXAMPLES=次数）
	make mutants      变异测试：改动规则与阶梯的程序，看测试能否发现（另建环境，约一小时；ARGS="'duibiao.grading.*'" 可只测一部分）
	make matrix       每种缺陷 × 每种写法 × 四个行业：是否全部发现、有无误报（半小时以上；ARGS="--samples 文件夹" 加查样例）
	make bench        测量读取、审查、编制、批量和启动的速度，与下限和其他程序比较，写入 README（另建环境，约十分钟；ARGS="--parts start" 只测一部分，不写入）
	make bench-serving 测量服务每分钟能收、能查多少份，网页多快，占多少内存
	make setup        只建立环境（.venv）
	make system       安装可选的系统软件：LibreOffice、中文字体、unar
	make test-system  安装只有测试用到的系统软件：PostgreSQL、Chromium
	make constraints  按各 pyproject.toml 重新生成 constraints.txt 和 deploy/constraints.txt
	make clean        删除环境与生成的文件
	END

# ------------------------------------------------------------------------------ environment

.PHONY: setup
setup: $(STAMP)

$(STAMP): constraints.txt $(PROJECTS)
	@good='import sys; sys.exit(sys.version_info < (3, 11))'
	python=
	for candidate in python3 python3.11 python3.12 python3.13; do
	  if command -v "$$candidate" >/dev/null && "$$candidate" -c "$$good" 2>/dev/null; then
	    python=$$candidate
	    break
	  fi
	done
	if [ -z "$$python" ]; then
	  echo '缺少 Python 3.11 或更新版本：请先安装（例如 sudo apt-get install python3.11 python3.11-venv），再重新运行。' >&2
	  exit 1
	fi
	if ! "$$python" -c 'import ensurepip, venv; ensurepip.version()' 2>/dev/null; then
	  package=$$("$$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
	  echo "缺少系统软件包 $$package，正在用 apt-get 安装 ……"
	  $(call apt,"$$package") || {
	    echo "未能自动安装：请先运行 sudo apt-get install $$package，再重新运行。" >&2
	    exit 1
	  }
	fi
	echo "正在建立运行环境 $(VENV)（$$("$$python" --version)），首次约需一分钟 ……"
	if [ "$$(cat $(STAMP) 2>/dev/null)" != "$(CURDIR)" ] || ! $(PY) -m pip --version >/dev/null 2>&1; then
	  "$$python" -m venv --clear $(VENV)
	fi
	$(PIP) install --only-binary :all: --require-hashes -r constraints.txt || {
	  echo '安装依赖失败：请检查网络，或用 pip config 设置可用的软件源，再重新运行。' >&2
	  exit 1
	}
	$(PIP) install --no-deps --no-build-isolation $(addprefix -e ./,$(HOMES))
	printf '%s' "$(CURDIR)" > $(STAMP)
	echo '运行环境已就绪。'

# $(call apt,PACKAGES): install Debian packages where the user may without being asked anything.
define apt
{ command -v apt-get >/dev/null && {
    if [ "$$(id -u)" = 0 ]; then may=(env); else may=(sudo -n); fi
    "$${may[@]}" true 2>/dev/null && "$${may[@]}" apt-get update -qq </dev/null &&
    "$${may[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $(1) </dev/null >/dev/null; }; }
endef

SYSTEM := libreoffice-writer libreoffice-calc fonts-noto-cjk unar
TEST_SYSTEM := postgresql chromium

.PHONY: system
system:
	@echo '正在安装 LibreOffice、中文字体和 unar（读 .doc、.wps、.rtf、.odt、.rar 和计算准确页码用）……'
	$(call apt,$(SYSTEM)) || {
	  echo '未能自动安装：请运行 sudo apt-get install $(SYSTEM)' >&2
	  exit 1
	}
	echo '系统软件已安装。'

# What only tests need; without them the tests of browser and PostgreSQL are skipped.
.PHONY: test-system
test-system:
	@echo '正在安装 PostgreSQL 和 Chromium（只有测试用到）……'
	$(call apt,$(TEST_SYSTEM)) || {
	  echo '未能自动安装：请运行 sudo apt-get install $(TEST_SYSTEM)' >&2
	  exit 1
	}
	echo '测试用的系统软件已安装。'


# Existing pins are kept unless a requirement moved; ARGS=--upgrade renews them all.
.PHONY: constraints
constraints: $(STAMP)
	@mkdir -p build
	cp constraints.txt build/constraints.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --no-emit-package duibiao --no-emit-package duibiao-templates \
	  --all-extras --group dev $(HOMES:=/pyproject.toml) $(ARGS) \
	  --output-file build/constraints.txt >/dev/null
	{ echo '# Every third-party version, pinned with its hashes; written by "make constraints".'
	  cat build/constraints.txt; } > constraints.txt
	rm build/constraints.txt
	$(MAKE) --no-print-directory deploy-constraints
	echo 'constraints.txt 和 deploy/constraints.txt 已更新。'

# The part of constraints.txt that the service needs.
.PHONY: deploy-constraints
deploy-constraints: $(STAMP)
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --no-emit-package duibiao --no-emit-package duibiao-templates \
	  --extra batch --extra client --extra server --group pyproject.toml:deploy \
	  --constraint constraints.txt $(HOMES:=/pyproject.toml) \
	  --output-file deploy/constraints.txt >/dev/null

# ---------------------------------------------------------------------------------- use it

.PHONY: demo
demo: $(STAMP)
	@rm -rf build/demo
	mkdir -p build/demo
	if ! command -v soffice >/dev/null && ! command -v libreoffice >/dev/null; then
	  $(MAKE) --no-print-directory system ||
	    echo '没有 LibreOffice：下面只编制 Word 文件，不排页码，不出 PDF。' >&2
	fi
	cp -R demo/projects build/demo/projects
	for project in build/demo/projects/*; do $(VENV)/bin/duibiao build "$$project"; done
	status=0
	$(VENV)/bin/duibiao check build/demo/projects/*/成果 demo/*.docx --format html --out build/demo || status=$$?
	if [ "$$status" -gt 1 ]; then
	  echo "示例核查未能完成（退出码 $$status）。" >&2
	  exit "$$status"
	fi
	echo "编制的材料在 $(CURDIR)/build/demo/projects/ 各项目的 成果 文件夹里。"
	echo "用浏览器打开 $(CURDIR)/build/demo/index.html 看审查报告。"

# --------------------------------------------------------------------------------- check it

.PHONY: test
test: $(STAMP)
	@$(PY) -m pytest -n auto --dist loadfile $(ARGS)

.PHONY: lint
lint: $(STAMP)
	@echo '— 代码规范（ruff）'
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	echo '— 类型（mypy --strict）'
	$(PY) -m mypy
	echo '— 导入方向（import-linter）'
	$(VENV)/bin/lint-imports --no-cache --no-logo

.PHONY: check
check: lint test

.PHONY: install-test
install-test: $(STAMP)
	@$(PY) -m pytest -m 'install and network' $(ARGS)

# The programs compared with ours live in an environment of their own, under build/.
BENCH_VENV := build/.venv-bench
BENCH_STAMP := $(BENCH_VENV)/.set-up

$(BENCH_STAMP): bench/constraints.txt | $(STAMP)
	@echo '正在建立对比程序的环境（$(BENCH_VENV)）……'
	$(PY) -m venv --clear $(BENCH_VENV)
	if $(BENCH_VENV)/bin/python -m pip -qq --disable-pip-version-check --no-input install \
	  --only-binary :all: --require-hashes -r bench/constraints.txt; then
	  touch $(BENCH_STAMP)
	else
	  echo '未能安装对比程序：没有装上的会在表下注明。' >&2
	fi

# Whole, it writes bench/results.md and the tables of README.md; with ARGS it only prints.
.PHONY: bench
bench: $(STAMP) $(BENCH_STAMP)
	@$(PY) bench/run.py $(ARGS)

# Apart, because it takes minutes: uploads a minute, page times and memory of the service.
.PHONY: bench-serving
bench-serving: $(STAMP)
	@mkdir -p build/bench
	$(PY) bench/serving.py --out build/bench/serving.md $(ARGS)

# Exit code 1 where a fault was missed or something was alarmed falsely.
.PHONY: matrix
matrix: $(STAMP)
	@$(PY) bench/matrix.py --out build/matrix.md $(ARGS)

.PHONY: fuzz-api
fuzz-api: $(STAMP)
	@EXAMPLES=$${EXAMPLES:-300} $(PY) -m pytest -q tests/web/test_api_schema.py $(ARGS)

.PHONY: fuzz
fuzz: $(STAMP)
	$(PY) tests/fuzz/word.py $(ARGS)

# mutmut lives in an environment of its own, too; behind it stands the project's.
MUTANTS_VENV := build/.venv-mutants
MUTANTS_STAMP := $(MUTANTS_VENV)/.set-up
SITE := import sysconfig; print(sysconfig.get_path("purelib"))

$(MUTANTS_STAMP): tests/mutation/constraints.txt | $(STAMP)
	@echo '正在建立变异测试的环境（$(MUTANTS_VENV)）……'
	$(PY) -m venv --clear $(MUTANTS_VENV)
	$(MUTANTS_VENV)/bin/python -m pip -qq --disable-pip-version-check --no-input install \
	  --only-binary :all: --require-hashes -r tests/mutation/constraints.txt
	$(PY) -c '$(SITE)' > "$$($(MUTANTS_VENV)/bin/python -c '$(SITE)')/project.pth"
	touch $(MUTANTS_STAMP)

.PHONY: mutants
mutants: $(STAMP) $(MUTANTS_STAMP)
	@$(MUTANTS_VENV)/bin/python tests/mutation/stage.py build/mutation
	(cd build/mutation && $(CURDIR)/$(MUTANTS_VENV)/bin/mutmut run --max-children 1 $(ARGS))
	$(PY) tests/mutation/score.py build/mutation | tee build/mutation/score.md

.PHONY: mutants-constraints
mutants-constraints: $(STAMP)
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --group pyproject.toml:mutants --constraint constraints.txt $(ARGS) \
	  --output-file tests/mutation/constraints.txt >/dev/null

.PHONY: bench-constraints
bench-constraints: $(STAMP)
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --group pyproject.toml:bench $(ARGS) --output-file bench/constraints.txt >/dev/null

.PHONY: clean
clean:
	@rm -rf $(VENV) build dist .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	echo '已清理。'
