// onnxruntime-node reports to Microsoft from 1.29 on, unless this is set before it loads. Threads inherit it.
process.env.ORT_DISABLE_TELEMETRY = '1'
