// The platform's codes and their Chinese words; English stands in words-en.js under #CODE.
export const STATUSES = {
  INCOMPLETE: '待补正', SUBMITTED: '已提交', ACCEPTED: '已受理', IN_PROGRESS: '办理中', MONEY_IN_TRANSIT: '关系已转入·资金在途',
  COMPLETED: '已办结', REFUSED: '不予受理', WITHDRAWN: '已撤回', DECLINED: '未能转移'
};

export const STEPS = {
  SUBMITTED: '已提交', INCOMPLETE: '待补正', SUPPLEMENTED: '材料已补齐', WAITING: '等候联办', ACCEPTED: '待开具信息表', SHEET_ISSUED: '已开具待核对', SHEET_CORRECTED: '已更正待核对',
  LETTER_ISSUED: '已发联系函', PAPER_POSTED: '已寄送材料', WITHDRAWAL_REQUESTED: '申请撤回', WITHDRAWAL_TOO_LATE: '撤回过迟', HELD: '已冻结待开具',
  SHEET_RECEIVED: '信息表核对中', SHEET_RETURNED: '已退回待更正', MONEY_REMITTED: '资金已划出', MONEY_SUSPENDED: '资金挂账', BOOKED: '关系已转入',
  YEAR_RUNNING: '等候年度结束', PAUSED: '等候申请人补正', RESUMED: '补正完毕', PAUSED_THERE: '转出地等候补正', RESUMED_THERE: '转出地补正完毕', ACCOUNT_PAID_OUT: '账户已提取', COMPLETED: '已办结', REFUSED: '不予受理',
  WITHDRAWN: '已撤回', DECLINED: '未能转移', MONEY_TAKEN_BACK: '到账资金已冲正'
};

export const KINDS = {
  ISSUE: '开具信息表', BOOK: '核对登记', CORRECT: '更正信息表', PROMISE: '全程承诺', CREDIT: '资金入账', MATCH: '款项匹配', REVIEW: '即时审核',
  PAY_UP: '清算上解', PAY_DOWN: '清算下拨'
};

/** Of the case in the receiving region. */
export const IN_STATES = {
  SUBMITTED: '已提交', INCOMPLETE: '待补正', WAITING: '等候联办', REFUSED: '不予受理', ACCEPTED: '已受理', WITHDRAWING: '撤回中', RECEIVED: '已收表待核对',
  RETURNED: '已退回更正', BOOKED: '已登记', YEAR_RUNNING: '等候年度结束', COMPLETED: '已办结', WITHDRAWN: '已撤回', DECLINED: '未能转移'
};

/** Of the case in the old region, with a tone. */
export const OUT_STATES = {
  HOLDING: ['冻结中', 'info'], HOLD_REFUSED: ['未能冻结', 'bad'], HELD: ['已冻结待开具', 'warn'], ISSUED: ['已开具', 'info'], RETURNED: ['被退回', 'warn'],
  COMPLETED: ['已办结', 'good'], WITHDRAWN: ['已撤回', 'grey'], DECLINED: ['不予办理', 'bad']
};

export const SCHEMES = { 310: '职工', 390: '居民' };

export const IN_WORK = {
  CHECK_SHEET: '核对信息表', SUSPENDED_MONEY: '处理资金挂账', ANSWER_REMINDER: '答复催办投诉', POST_CONTACT_LETTER: '寄送联系函', POST_WITHDRAWAL: '寄送撤回告知',
  POST_RETURN: '寄回信息表', POST_COMPLETION: '寄送办结告知'
};

export const OUT_WORK = {
  ISSUE_SHEET: '出具信息表', RETRY_HOLD: '处理未能冻结的余额', CORRECT_SHEET: '更正被退回的信息表', REMIT_AGAIN: '重新划转退回的款项',
  LOOK_AT_RESUMPTION: '核实恢复参保', ANSWER_REMINDER: '答复催办投诉'
};

export const RETURN_REASONS = {
  MONTHS_DOUBTFUL: '缴费月数与参保人提供的记录不一致', PERIOD_DOUBTFUL: '起止时间有疑问', ROWS_MISSING: '信息表缺少部分参保记录', SCHEME_DOUBTFUL: '医保类型有疑问',
  AGENCY_DOUBTFUL: '经办机构名称或行政区划代码有误', HEAD_DIFFERS: '表头的姓名或证件号码与申请不一致', NOT_TRANSFERABLE: '经核对不符合转入条件'
};

export const DECLINE_REASONS = {
  STILL_INSURED_THERE: '转出地尚未中止参保', RESUMED_THERE: '参保人已在转出地恢复参保', RECORD_IN_DISPUTE: '参保缴费记录有争议', ACCOUNT_NOT_CLEAR: '个人账户暂不能转出',
  WRONG_PERSON: '申请人与转出地参保记录不一致', NOTHING_TO_TRANSFER: '没有可转移的缴费记录和个人账户余额',
  SHEET_TOO_LARGE: '历史参保记录过多，信息表超出可以传送的篇幅'
};

export const CHANNELS = {
  NATIONAL_APP: '国家医保服务平台APP', PROVINCIAL_APP: '省级APP、小程序或网厅', SELF_SERVICE: '自助终端', EMPLOYER: '单位网厅', WINDOW_RECEIVING: '转入地窗口',
  WINDOW_SENDING: '转出地窗口', AUTOMATIC: '免申即办'
};

export const SERVICES = { registry: '登记', 'transfer-in': '转入', 'transfer-out': '转出', settlement: '结算' };

export const ACCOUNTS = {
  PERSONAL: '个人账户', SUSPENSE: '待处理款', TRANSIT: '在途资金', CLEARING: '清算款', BANK: '银行存款', FUND: '统筹基金', PAID_OUT: '已提取', PAID_UP: '上解',
  PAID_DOWN: '下拨', POOL: '清算专户'
};

export const ACCOUNT_WISHES = { MOVES: '随同划转', PAID_OUT: '提取', STAYS: '保留' };
