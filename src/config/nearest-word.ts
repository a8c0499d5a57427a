export { editDistance, nearestWord } from '../domain/format/nearest-word';
