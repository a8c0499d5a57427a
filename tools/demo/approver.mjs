/** The person who decides in the demo. */
export const approver = 'team-lead';
