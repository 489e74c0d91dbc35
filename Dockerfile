# One image for every service; SERVICE says which one a container runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts

FROM node:24-bookworm-slim
# what is only safe on one machine is refused, unless whoever runs it says `local`
ENV NODE_ENV=production NITROPUSH_MODE=production HOST=0.0.0.0 PORT=4000 SERVICE=gateway
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY apps/sandbox/public apps/sandbox/public
# mount points of the keys: a named volume takes over their owner
RUN install -d -o node -g node /keys/sealing /keys/opening /keys/signing
USER node
EXPOSE 4000
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPS_PORT || process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# `delivery` gains by a large nursery, `releases` by half of that; to the others it would only be 100 MB more each
CMD ["sh", "-c", "case $SERVICE in delivery) nursery=64 ;; releases) nursery=32 ;; *) nursery=16 ;; esac; exec node --enable-source-maps --max-semi-space-size=$nursery dist/bundle/apps/$SERVICE/src/main.js"]
