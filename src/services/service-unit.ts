import { join } from 'node:path'

/** `user`: runs while one person's services run; `system`: runs for the machine. */
type UnitScope = 'user' | 'system'

/** `command`: of the program, as a list. */
type Unit = { scope: UnitScope; command: string[]; path: string; home: string; envFile: string }

/** What a service of the machine may do; deploy/mekiki.service says why. */
const HARDENING = `CapabilityBoundingSet=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
PrivateDevices=yes
PrivateTmp=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM`

/** A unit of systemd that runs the bot from where it is now, on the data that it has now. @param user who owns the data */
export function systemdUnit({ scope, command, path, home, envFile }: Unit, user: string): string {
  const isSystem = scope === 'system'
  return `[Unit]
Description=Mekiki, a Discord bot that learns a community's pictures
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
${isSystem ? `User=${user}\n` : ''}Environment=${['NODE_ENV=production', 'MALLOC_ARENA_MAX=2', quote(`MEKIKI_HOME=${home}`), quote(`PATH=${path}`)].join(' ')}
EnvironmentFile=-${specifiers(envFile)}
ExecStart=${[...command, 'serve'].map((word) => quote(word).replaceAll('$', '$$$$')).join(' ')}
Restart=on-failure
RestartSec=30
TimeoutStopSec=15
UMask=0077
${isSystem ? `ReadWritePaths=${quote(home)}\n${HARDENING}\n` : 'NoNewPrivileges=yes\n'}
[Install]
WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}
`
}

/** Systemd replaces what follows a percent sign. */
const specifiers = (text: string): string => text.replaceAll('%', '%%')

/** A word of a unit: spaces and quotes belong to it. */
const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word)
    ? specifiers(word)
    : `"${specifiers(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** Where a unit is written, and what then starts it. A system's is written beside, since only root may put it in its place. */
export function placeOf(scope: UnitScope, { configFolder, cwd }: { configFolder: string; cwd: string }) {
  const name = 'mekiki.service'
  if (scope === 'user') {
    const file = join(configFolder, 'systemd', 'user', name)
    return {
      file,
      commands: ['systemctl --user daemon-reload', `systemctl --user enable --now ${name}`, 'loginctl enable-linger'],
    }
  }
  const file = join(cwd, name)
  return {
    file,
    commands: [
      `sudo install -m 644 ${file} /etc/systemd/system/`,
      'sudo systemctl daemon-reload',
      `sudo systemctl enable --now ${name}`,
    ],
  }
}
