# One image for the worker, the platform and the command line: they share the code and its version.
FROM node:24.11.0-bookworm-slim AS build
WORKDIR /belay
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24.11.0-bookworm-slim
WORKDIR /belay
ENV NODE_ENV=production BELAY_HOME=/var/lib/belay
COPY --from=build /belay/package.json ./
COPY --from=build /belay/node_modules node_modules
COPY --from=build /belay/dist dist
COPY --from=build /belay/tools tools
RUN ln -s /belay/dist/cli/main.js /usr/local/bin/belay \
  && chmod +x dist/cli/main.js \
  && mkdir -p /var/lib/belay && chown node:node /var/lib/belay
USER node
VOLUME /var/lib/belay
ENTRYPOINT ["belay"]
