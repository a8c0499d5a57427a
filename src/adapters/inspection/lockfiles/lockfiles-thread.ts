import { thread } from '../thread';
import { readLockfiles, type LockfileOrder, type LockfilesRead } from './read-lockfiles';

thread<LockfileOrder, LockfilesRead>(readLockfiles);
