# Two stages: everything is built in the first, and only what runs is copied into the second.
FROM node:24-bookworm-slim AS build
WORKDIR /mekiki
COPY . .
# Weights and kernels are made from development parts, which then go; so do other platforms' libraries.
RUN npm ci \
 && npm prune --omit=dev --ignore-scripts \
 && sh scripts/trim.sh

FROM node:24-bookworm-slim
ENV NODE_ENV=production MEKIKI_HOME=/data
WORKDIR /mekiki
COPY --from=build /mekiki/package.json ./
COPY --from=build /mekiki/node_modules node_modules
COPY --from=build /mekiki/bin bin
COPY --from=build /mekiki/commands commands
COPY --from=build /mekiki/models models
COPY --from=build /mekiki/src src
# Compiled modules are kept for the next start.
RUN mkdir /data node_modules/.cache && chown node:node /data node_modules/.cache
USER node
VOLUME /data
ENTRYPOINT ["node", "bin/main.ts"]
CMD ["--help"]
