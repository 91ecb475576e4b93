import { createLog } from '@colloquy/service';
import { environment } from './environment.ts';
import { startKnowledge } from './service.ts';

const settings = environment();
await startKnowledge(settings, createLog({ name: 'knowledge', level: settings.LOG_LEVEL }));
