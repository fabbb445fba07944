{{- define "coffer.labels" -}}
app.kubernetes.io/name: coffer
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "coffer.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "coffer.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "coffer.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "coffer.env" -}}
- { name: DATABASE_URL_FILE, value: /etc/coffer/secret/database-url }
- { name: COFFER_KEY_PEPPER_FILE, value: /etc/coffer/secret/key-pepper }
- { name: COFFER_SECRETS_KEY_FILE, value: /etc/coffer/secret/secrets-key }
- { name: COFFER_CONFIG, value: /etc/coffer/config/coffer.json }
- { name: COFFER_PUBLIC_URL, value: {{ .Values.publicUrl | quote }} }
- { name: COFFER_TRUSTED_PROXIES, value: {{ .Values.trustedProxies | quote }} }
{{- range $name, $value := .Values.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}

{{- define "coffer.volumes" -}}
- name: config
  configMap: { name: {{ .Release.Name }}-config }
- name: data
  emptyDir: {}
{{- end -}}
