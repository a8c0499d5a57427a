import { thread } from '../../inspection/thread';
import { answerFromRecords, type RecordsAnswer, type RecordsOrder } from './answer-from-records';

thread<RecordsOrder, RecordsAnswer>(answerFromRecords);
