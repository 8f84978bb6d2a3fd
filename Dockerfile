# The first stage builds the package, the second holds only what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /mekiki
COPY . .
# The build needs the development packages, which then go; so do the libraries of other platforms.
RUN npm ci \
 && npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && sh scripts/trim.sh

FROM node:24-bookworm-slim
# Two arenas: glibc otherwise keeps memory of every thread apart, some 50 MB in all.
ENV NODE_ENV=production MEKIKI_HOME=/data ORT_DISABLE_TELEMETRY=1 MALLOC_ARENA_MAX=2
WORKDIR /mekiki
COPY --from=build /mekiki/package.json ./
COPY --from=build /mekiki/node_modules node_modules
COPY --from=build /mekiki/bin/*.js bin/
COPY --from=build /mekiki/dist dist
# bin/runtime.js keeps compiled modules there for the next start.
RUN mkdir -p /data node_modules/.cache && chown -R node:node /data node_modules/.cache
USER node
VOLUME /data
ENTRYPOINT ["node", "bin/mekiki.js"]
CMD ["--help"]
