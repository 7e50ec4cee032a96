#!/bin/sh
# The namespace, how long closed runs stay readable in it, and the two search attributes that a task is started with.
# Safe to repeat. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are read by the command itself.
set -eu

: "${TEMPORAL_NAMESPACE:=default}"
export TEMPORAL_NAMESPACE
retention=720h  # 30 days to look at what went wrong; the register keeps everything for good

# An open port is not yet a frontend that answers.
tries=30
until temporal operator cluster health; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "Temporal does not answer at ${TEMPORAL_ADDRESS:-127.0.0.1:7233}" >&2; exit 1; }
    sleep 2
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi

# A new namespace reaches the frontend's cache within seconds.
tries=30
until temporal operator search-attribute create --name DirectiveNumber --type Keyword --name Unit --type Keyword; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || exit 1
    sleep 2
done
