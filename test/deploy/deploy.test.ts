// What runs several processes: compose, Kubernetes and systemd take the files as they are, and every role is in them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ROLES } from '../../src/roles/roles.ts'
import {
  type Manifest,
  parseYaml,
  skipWithoutSchemas,
  skipWithoutYaml,
  typeErrors,
  validate,
} from '../support/manifests.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mekiki-deploy-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const runs = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

/** Longer than a process takes to stop (roles/stop-roles.ts), in seconds. */
const STOP_S = 10

type Service = {
  command?: string
  stop_grace_period: string
  healthcheck: object
  read_only?: boolean
  user?: string
  env_file?: string
}
type Compose = { services: Record<string, Service> }

test(
  'compose starts PostgreSQL and every role, checks their health, and gives them time to stop',
  { skip: skipWithoutYaml },
  () => {
    const { services } = mergedYaml(read('compose.scale.yaml')) as Compose
    assert.deepEqual(Object.keys(services).toSorted(), ['postgres', ...ROLES].toSorted())
    for (const role of ROLES) {
      const service = services[role]
      assert.equal(service?.command, `serve --role ${role}`)
      assert.deepEqual([service.read_only, service.user, service.env_file], [true, 'node', '.env'])
      assert.ok(Number.parseInt(service.stop_grace_period, 10) > STOP_S)
      assert.ok(service.healthcheck)
    }
  },
)

/** Anchors that are merged into others, as compose reads them. */
function mergedYaml(text: string): unknown {
  const merge = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(merge)
    if (value === null || typeof value !== 'object') return value
    const { '<<': base, ...own } = value as Record<string, unknown>
    const all = Object.fromEntries(Object.entries(own).map(([key, each]) => [key, merge(each)]))
    return { ...(merge(base) as object | undefined), ...all }
  }
  return merge(parseYaml(text)[0])
}

const compose = [['docker', 'compose'], ['docker-compose']].find(([command = '', ...args]) =>
  runs(command, ...args, 'version'),
)

for (const name of ['compose.yaml', 'compose.scale.yaml'])
  test(`${name} is valid`, { skip: !compose && 'there is no docker compose here' }, () => {
    copyFileSync(join(root, name), join(folder, name))
    writeFileSync(join(folder, '.env'), '')
    const [command = '', ...args] = compose ?? []
    const env = { ...process.env, POSTGRES_PASSWORD: 'x' }
    const { status, stderr } = spawnSync(command, [...args, '--file', join(folder, name), 'config'], {
      env,
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
  })

const manifests = (): Manifest[] =>
  globSync('deploy/kubernetes/*.yaml', { cwd: root })
    .filter((file) => !file.endsWith('kustomization.yaml'))
    .flatMap((file) => parseYaml(read(file)) as Manifest[])

test('every manifest of Kubernetes is valid', { skip: skipWithoutYaml || skipWithoutSchemas }, async () => {
  const all = manifests()
  for (const manifest of all) await validate(manifest)
  assert.deepEqual(typeErrors(all), [])
  const [deployment] = all.filter(({ kind }) => kind === 'Deployment')
  assert.ok(deployment)
  // That the check itself finds what is wrong.
  await assert.rejects(validate({ ...deployment, spec: { ...deployment.spec, replicas: 'two' } }))
  assert.match(typeErrors([{ ...deployment, spec: { ...deployment.spec, replica: 2 } }]).join(), /replica/)
})

type Container = {
  args: string[]
  image: string
  startupProbe: object
  livenessProbe: { httpGet: { path: string } }
  readinessProbe: { httpGet: { path: string } }
  securityContext: { readOnlyRootFilesystem: boolean; allowPrivilegeEscalation: boolean }
  resources: { requests: { memory: string } }
}
type Pod = {
  spec: { terminationGracePeriodSeconds: number; securityContext: { runAsNonRoot: boolean }; containers: Container[] }
}

test(
  'Kubernetes runs every role, asks it for its health, and lets it do nothing else',
  { skip: skipWithoutYaml },
  () => {
    const all = manifests()
    const deployments = all.filter(({ kind }) => kind === 'Deployment')
    assert.deepEqual(deployments.map(({ metadata }) => metadata.name).toSorted(), [...ROLES].toSorted())
    for (const { metadata, spec } of deployments) {
      const { spec: pod } = spec?.template as Pod
      const [container] = pod.containers
      assert.deepEqual(container?.args, ['serve', '--role', metadata.name])
      assert.ok(container.startupProbe && container.resources.requests.memory)
      assert.deepEqual(
        [container.readinessProbe.httpGet.path, container.livenessProbe.httpGet.path],
        ['/healthz', '/livez'],
      )
      assert.deepEqual(
        [pod.securityContext.runAsNonRoot, container.securityContext.readOnlyRootFilesystem],
        [true, true],
      )
      assert.ok(pod.terminationGracePeriodSeconds > STOP_S)
    }
    const [kustomization] = parseYaml(read('deploy/kubernetes/kustomization.yaml')) as { resources: string[] }[]
    const files = globSync('*.yaml', { cwd: join(root, 'deploy/kubernetes') })
    const applied = files.filter((file) => !/^(kustomization|secret\.example)\.yaml$/.test(file))
    assert.deepEqual(kustomization?.resources.toSorted(), applied.toSorted())
  },
)

test(
  'the template of systemd has no mistakes',
  { skip: !runs('systemd-analyze', '--version') && 'there is no systemd-analyze here' },
  () => {
    for (const role of ROLES) {
      const unit = join(folder, `mekiki@${role}.service`)
      copyFileSync(join(root, 'deploy/systemd/mekiki@.service'), unit)
      const { stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
      assert.equal(stderr.replace(/.*(Failed to|cannot be|SO_PASSCRED).*\n/g, ''), '', stderr)
    }
  },
)
