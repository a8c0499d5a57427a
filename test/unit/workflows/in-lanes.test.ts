import { inLanes } from '../../../src/workflows/in-lanes';

function tasksOf(count: number) {
  let atOnce = 0;
  let most = 0;
  const tasks = Array.from({ length: count }, (_, index) => async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, (count - index) % 3));
    atOnce -= 1;
    return index;
  });
  return { tasks, most: () => most };
}

test.each([1, 2, 4])(
  'never more than %s at a time, and every answer in its place',
  async (lanes) => {
    const { tasks, most } = tasksOf(9);
    expect(await inLanes(lanes, tasks)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most()).toBe(lanes);
  },
);

test('nothing to do is done at once', async () => {
  expect(await inLanes(4, [])).toEqual([]);
});
