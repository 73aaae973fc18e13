# The service in a container: the same steps as `npm start`, done once, when the image is built.
#
#   docker build --tag tidemark .
#   docker run --read-only --publish 8080:8080 --volume tidemark:/data tidemark
#
# A key to write with (keys add, as npm run tidemark does it):
#
#   docker exec <container> node --eval 'import("/app/dist/src/command.js").then(({ command }) =>
#     command(["keys", "add", "--name", "my-desk", "--scope", "append"]))'
#
# No image was built where this was written, for want of a Docker engine; its steps were run by hand, one by one.

# Even releases of Node become LTS in the October after they appear, so since October 2026 the newest LTS is 26.
ARG NODE_IMAGE=node:26-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY events ./events
COPY projections ./projections
COPY src ./src
COPY scripts ./scripts
# As npm start compiles; the types were checked by CI.
RUN node_modules/.bin/tsc -p tsconfig.build.json --noCheck
# What only developers need goes; nothing of it is imported by the program (a rule of .dependency-cruiser.cjs).
RUN npm prune --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
WORKDIR /app
# The ledger is the only thing that is written, so the root file system can be read-only.
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/events ./events
USER node
VOLUME /data
EXPOSE 8080
# Ready once the log has been taken in and the shipped history is in it; the first start takes longest.
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Without npm in between, so that the signal reaches the service itself.
CMD ["node", "dist/src/main.js"]
