/** The simulated calls about test clocks. */
import { answerOf, pageOf } from '../answers.ts';
import { call, expanded, retrieve, type SimulatedCall } from '../call.ts';
import { onlyExpand } from '../parameters.ts';
import { advanceClock, createClock, deleteClock } from './clocks.ts';
import { clockAdvance, clockCreate, clockList } from './parameters.ts';

const PATH = 'test_helpers/test_clocks';
const TYPE = 'test_helpers.test_clock';

/** Every simulated call about test clocks. */
export const CLOCK_CALLS: readonly SimulatedCall[] = [
  call('POST', PATH, 'billing_clock_write', clockCreate, ({ books, cause }, given) =>
    answerOf(books, createClock(books, given, cause), given.expand),
  ),
  retrieve(PATH, TYPE, 'billing_clock_read'),
  call('GET', PATH, 'billing_clock_read', clockList, ({ books }, given) =>
    expanded(books, pageOf(books.list(TYPE), given, `/v1/${PATH}`), given.expand),
  ),
  call('POST', `${PATH}/:id/advance`, 'billing_clock_write', clockAdvance, ({ books, id, cause }, given) =>
    answerOf(books, advanceClock(books, books.get(TYPE, id), given, cause), given.expand),
  ),
  call('DELETE', `${PATH}/:id`, 'billing_clock_write', onlyExpand, ({ books, id, cause }) =>
    deleteClock(books, books.get(TYPE, id), cause),
  ),
];
