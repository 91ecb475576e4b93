import { createLog } from '@colloquy/service';
import { environment } from './environment.ts';
import { startSearch } from './service.ts';

const settings = environment();
await startSearch(settings, createLog({ name: 'search', level: settings.LOG_LEVEL }));
